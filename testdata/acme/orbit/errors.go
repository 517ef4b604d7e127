package orbit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// APIError is an answer of the API outside 2xx.
type APIError struct {
	StatusCode int
	Message    string // as sent by the API; may be empty
}

func (e *APIError) Error() string {
	if e.Message == "" {
		return fmt.Sprintf("status %d (%s)", e.StatusCode, http.StatusText(e.StatusCode))
	}
	return fmt.Sprintf("status %d: %s", e.StatusCode, e.Message)
}

// IsNotFound reports whether err is the API's answer that the license or
// address does not exist.
func IsNotFound(err error) bool {
	var apiErr *APIError
	return errors.As(err, &apiErr) && apiErr.StatusCode == http.StatusNotFound
}

// readError builds the error for a failed call. A body that is not JSON (a
// proxy's HTML page, say) leaves the message empty.
func readError(status int, body io.Reader) *APIError {
	var payload struct {
		Message string `json:"message"`
	}
	e := &APIError{StatusCode: status}
	if err := json.NewDecoder(body).Decode(&payload); err == nil {
		e.Message = payload.Message
	}
	return e
}
