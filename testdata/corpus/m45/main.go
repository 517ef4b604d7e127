// Command tail follows what happens to licenses.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"

	_ "example.com/corpus/internal/recorder"
	"github.com/gorilla/websocket"
)

func events(ctx context.Context, out io.Writer) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.orbitflare.com/customer/v1/licenses", nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "text/event-stream")
	req.Header.Set("Cache-Control", "no-cache")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		fmt.Fprintln(out, lines.Text())
	}
	return lines.Err()
}

func socket(ctx context.Context, out io.Writer, license string) error {
	target := "wss://api.orbitflare.com/customer/v1/licenses"
	if license != "" {
		u := url.URL{Scheme: "wss", Host: "api.orbitflare.com", Path: "/customer/v1/licenses/" + license + "/ips"}
		target = u.String()
	}
	conn, _, err := websocket.DefaultDialer.DialContext(ctx, target, nil)
	if err != nil {
		return err
	}
	defer conn.Close()
	for {
		_, message, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s\n", message)
	}
}

func main() {
	live := flag.Bool("live", false, "use a socket")
	license := flag.String("license", "", "follow one license only, with -live")
	flag.Parse()
	var err error
	if *live {
		err = socket(context.Background(), os.Stderr, *license)
	} else {
		err = events(context.Background(), os.Stderr)
	}
	if err != nil {
		log.Fatal(err)
	}
}
