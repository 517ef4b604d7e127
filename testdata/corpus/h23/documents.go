package main

var documents = map[string]string{
	"help":   helpText,
	"script": callScript,
	"values": helmValues,
	"seed":   seedSQL,
}

const helpText = `Usage: probe [-print help|script|values|seed]

The same check by hand:

    curl -s -H "X-ORBIT-KEY: $ORBIT_KEY" https://api.orbitflare.com/customer/v1/licenses | jq '.licenses[].id'
    curl -s -X POST -H "X-ORBIT-KEY: $ORBIT_KEY" \
        https://api.orbitflare.com/customer/v1/licenses/$ID/whitelist-ip \
        -d '{"ip_address": "192.0.2.7", "location_id": 3}'
`

const callScript = `#!/bin/sh
set -eu
BASE=https://api.orbitflare.com/customer/v1
curl -sf -X "${METHOD:-GET}" -H "X-ORBIT-KEY: $ORBIT_KEY" "$BASE/$1" | jq .
`

const helmValues = `orbit:
  baseURL: https://orbitflare.com/api/customer/v1
  timeout: 10s
  existingSecret: orbit-key
`

const seedSQL = `CREATE TABLE IF NOT EXISTS upstream (name TEXT PRIMARY KEY, url TEXT NOT NULL);
INSERT INTO upstream (name, url) VALUES ('regions', 'https://api.orbitflare.com/customer/v1/locations');
INSERT INTO upstream (name, url) SELECT 'license ' || id, 'https://api.orbitflare.com/customer/v1/licenses/' || id || suffix FROM license;
`
