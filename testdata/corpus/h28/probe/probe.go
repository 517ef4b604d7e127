package probe

/*
#include <stdlib.h>

// Every code of the class 2xx counts.
static int healthy(int code) {
	return code >= 200 && code < 300;
}

static size_t length(const char *s) {
	size_t n = 0;
	while (s[n]) n++;
	return n;
}
*/
import "C"

import (
	"fmt"
	"net/http"
	"unsafe"
)

const endpoint = "https://api.orbitflare.com/customer/v1"

func Healthy(code int) bool { return C.healthy(C.int(code)) != 0 }

func Locations(client *http.Client) (int, error) {
	path := C.CString("/locations")
	defer C.free(unsafe.Pointer(path))
	if C.length(path) == 0 {
		return 0, fmt.Errorf("empty path")
	}
	resp, err := client.Get(endpoint + "/locations")
	if err != nil {
		return 0, fmt.Errorf("probe: %w", err)
	}
	return resp.StatusCode, resp.Body.Close()
}
