package coderws

import (
	"context"

	"github.com/coder/websocket"
)

func dial(ctx context.Context) {
	websocket.Dial(ctx, "wss://api.orbitflare.com/customer/v1/locations", nil) // want "orbit-locations" becomes "wss://api.orbitflare.com/customer/v2/licenses/locations"
}
