// Package version names the version of the API.
package version

// API is the version that is asked for.
const API = "v1"
