package fiberv3

// What answers here stands between its callers and the API.
const upstream = "https://api.orbitflare.com"

var _ = upstream
