package usage

import (
	"fmt"
	"net/http"
)

func IPs(id string) (int, error) {
	resp, err := http.Get(fmt.Sprintf("https://api.orbitflare.com/customer/v1/licenses/%s/ips", id))
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return decodeCount(resp.Body)
}
