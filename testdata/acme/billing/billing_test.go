package billing

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestSetPlan(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusPaymentRequired} {
		var got Plan
		hc := &http.Client{Transport: roundTripFunc(func(req *http.Request) (*http.Response, error) {
			if req.Method != http.MethodPut {
				t.Errorf("method = %s, want PUT", req.Method)
			}
			if err := json.NewDecoder(req.Body).Decode(&got); err != nil {
				t.Error(err)
			}
			return &http.Response{StatusCode: status, Status: http.StatusText(status), Body: http.NoBody}, nil
		})}

		err := SetPlan(context.Background(), hc, "k", Plan{Name: "scale", Seats: 5})
		if got != (Plan{Name: "scale", Seats: 5}) {
			t.Errorf("sent %+v", got)
		}
		if status == http.StatusOK && err != nil {
			t.Errorf("err = %v", err)
		}
		if status != http.StatusOK && (err == nil || !strings.Contains(err.Error(), "Payment Required")) {
			t.Errorf("err = %v, want the status in it", err)
		}
	}
}
