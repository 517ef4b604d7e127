package draft

import "net/http"

func Rotate(id string) error {
	resp, err := http.Post("https://api.orbitflare.com/customer/v1/licenses/" + id + "/reset-key", "", nil
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
