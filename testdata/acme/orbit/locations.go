package orbit

import (
	"context"
	"net/url"
)

// Location is a point of presence of the RPC network.
type Location struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Region string `json:"region"`
}

type locationsResponse struct {
	Locations []Location `json:"locations"`
}

// Locations returns all points of presence (GET /customer/v1/locations).
func (c *Client) Locations(ctx context.Context) ([]Location, error) {
	var out locationsResponse
	if err := c.get(ctx, "/locations", &out); err != nil {
		return nil, err
	}
	return out.Locations, nil
}

// LocationsIn returns the points of presence of one region.
func (c *Client) LocationsIn(ctx context.Context, region string) ([]Location, error) {
	var out locationsResponse
	if err := c.get(ctx, "/locations?region="+url.QueryEscape(region), &out); err != nil {
		return nil, err
	}
	return out.Locations, nil
}
