// Command worker retries a job and logs what it did.
package main

import (
	"errors"
	"fmt"
	"log"
	"os"
)

var errStale = errors.New("answer of /customer/v1/licenses is stale")

func job(attempt int) error {
	if attempt < 2 {
		return fmt.Errorf("attempt %d: GET /customer/v1/locations: %w", attempt, errStale)
	}
	return nil
}

func main() {
	logger := log.New(os.Stderr, "worker: ", 0)
	for attempt := range 3 {
		if err := job(attempt); err != nil {
			logger.Printf("calling /customer/v1/locations: %v", err)
			continue
		}
		logger.Println("POST /customer/v1/licenses/42/reset-key done")
	}
}
