package usage

import (
	"encoding/json"
	"io"
)

func decodeIPCount(r io.Reader) (int, error) {
	var body struct {
		IPs []string `json:"ips"`
	}
	err := json.NewDecoder(r).Decode(&body)
	return len(body.IPs), err
}
