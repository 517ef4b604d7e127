package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"net/http"
	"os"
	"strings"
	"text/template"

	_ "example.com/corpus/internal/recorder"
)

//go:embed smoke.tmpl
var smokeText string

var (
	licenseURL = template.Must(template.New("license").Parse("{{.Base}}/licenses/{{.ID}}"))
	smoke      = template.Must(template.New("smoke").Parse(smokeText))
)

type target struct {
	Base string
	ID   string
}

func render(t *template.Template, data target) (string, error) {
	var buf bytes.Buffer
	if err := t.Execute(&buf, data); err != nil {
		return "", fmt.Errorf("render %s: %w", t.Name(), err)
	}
	return buf.String(), nil
}

func send(method, url string) error {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-ORBIT-KEY", os.Getenv("ORBIT_KEY"))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func runSmoke(data target) error {
	script, err := render(smoke, data)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(strings.NewReader(script))
	for lines.Scan() {
		method, url, ok := strings.Cut(lines.Text(), " ")
		if !ok || strings.HasPrefix(method, "#") {
			continue
		}
		if err := send(method, url); err != nil {
			return err
		}
	}
	return lines.Err()
}

func main() {
	data := target{Base: "https://api.orbitflare.com/customer/v1", ID: "42"}
	url, err := render(licenseURL, data)
	if err == nil {
		err = send(http.MethodGet, url)
	}
	if err == nil {
		err = runSmoke(data)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
