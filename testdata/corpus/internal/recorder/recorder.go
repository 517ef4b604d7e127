// Package recorder replaces [http.DefaultTransport] when it is imported. The replacement sends nothing: it writes one line
// "METHOD URL" for every request and answers 200 with the body {}. The lines are appended to the file that the environment
// variable CORPUS_RECORD names, or go to standard output when it is unset.
package recorder

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
)

func init() {
	http.DefaultTransport = &transport{file: os.Getenv("CORPUS_RECORD")}
}

// A transport records requests; the mutex keeps the lines of concurrent requests whole.
type transport struct {
	mu   sync.Mutex
	file string
}

func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		// RoundTrip must close the body, and callers that stream it through a pipe wait for it to be read.
		_, err := io.Copy(io.Discard, req.Body)
		if cerr := req.Body.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return nil, fmt.Errorf("recorder: read the body of %s %s: %w", req.Method, req.URL, err)
		}
	}
	method := req.Method
	if method == "" {
		method = http.MethodGet
	}
	if err := t.write(method + " " + req.URL.String() + "\n"); err != nil {
		return nil, err
	}
	const body = "{}"
	return &http.Response{
		Status:        "200 OK",
		StatusCode:    http.StatusOK,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        http.Header{"Content-Type": {"application/json"}},
		Body:          io.NopCloser(strings.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       req,
	}, nil
}

func (t *transport) write(line string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.file == "" {
		_, err := io.WriteString(os.Stdout, line)
		return err
	}
	f, err := os.OpenFile(t.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("recorder: open the file named by CORPUS_RECORD: %w", err)
	}
	if _, err := io.WriteString(f, line); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}
