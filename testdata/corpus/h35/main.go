package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"

	_ "example.com/corpus/internal/recorder"
)

const root = "https://api.orbitflare.com/customer/v1"

func ipURL(license int, ip string) string {
	var sb strings.Builder
	sb.Grow(len(root) + 32)
	sb.WriteString(root)
	sb.WriteString("/licenses/")
	sb.WriteString(strconv.Itoa(license))
	sb.WriteByte('/')
	sb.WriteString("ips")
	sb.WriteRune('/')
	sb.WriteString(url.PathEscape(ip))
	return sb.String()
}

func rotateURL(license int, regenerate bool) string {
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "%s/licenses/%d", root, license)
	if regenerate {
		buf.WriteString("/regenerate-key")
	} else {
		buf.WriteString("/reset-key")
	}
	return buf.String()
}

func locationsURL(page int) string {
	b := make([]byte, 0, 80)
	b = append(b, "https://orbitflare.com/api/customer/v1"...)
	b = append(b, "/locations"...)
	b = append(b, "?page="...)
	b = strconv.AppendInt(b, int64(page), 10)
	return string(b)
}

func whitelistURL(license int) string {
	b := fmt.Appendf([]byte(root), "/licenses/%d/whitelist-ip", license)
	return string(b)
}

func send(method, target string) error {
	req, err := http.NewRequest(method, target, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	for _, err := range []error{
		send(http.MethodDelete, ipURL(42, "192.0.2.7")),
		send(http.MethodPost, rotateURL(42, true)),
		send(http.MethodPost, rotateURL(42, false)),
		send(http.MethodGet, locationsURL(2)),
		send(http.MethodPost, whitelistURL(42)),
	} {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
