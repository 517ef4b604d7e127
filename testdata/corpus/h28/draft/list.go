package draft

import (
	"io"
	"net/http"
)

func List() ([]byte, error) {
	resp, err := http.Get("https://api.orbitflare.com/customer/v1/licenses")
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
