package gorillaws

import "github.com/gorilla/websocket"

func dial() {
	websocket.DefaultDialer.Dial("wss://api.orbitflare.com/customer/v1/locations", nil) // want "orbit-locations" becomes "wss://api.orbitflare.com/customer/v2/licenses/locations"
}
