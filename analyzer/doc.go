/*
Package analyzer finds every use of the OrbitFlare Customer API v1 in a Go
program, however the program builds the URL, and says what it becomes in v2.

# What is reported

A place is reported if its text is part of a URL that the program sends, serves
or compares, and the URL, put together from constants, variables, fields,
parameters and results wherever they are, is one of the API's v1 endpoints on
one of its hosts, or on a host that cannot be told. Text that spells a v1 URL in
full but reaches no HTTP library (help texts, tables) is reported as well, and
so is half-migrated code: a v2 prefix with a path that exists only in v1.

Each finding is reported at the literal that has to change, with the rule as its
category. What is no literal of the module (another vendor's host, a version such
as v10, an import path, the host of the RPC service) is left alone.

# Rules

  - orbit-base: https://api.orbitflare.com/customer/v1 becomes /customer/v2. The path prefix changes from /customer/v1/ to /customer/v2/.
  - orbit-base-www: https://orbitflare.com/api/customer/v1 becomes /api/customer/v2. The second base of the same backend. A rewrite keeps whichever host the code uses.
  - orbit-base-short: https://api.orbitflare.com/v1. One page of the docs shows the short form without /customer. The guide never names it.
  - orbit-licenses-list: GET licenses becomes licenses. Only the prefix changes.
  - orbit-license-get: GET licenses/{id} becomes licenses/{id}. Only the prefix changes. Check the decoding: v2 answers with the license below data.
  - orbit-license-reset-key: POST licenses/{id}/reset-key becomes licenses/{id}/reset-key. Only the prefix changes.
  - orbit-license-regenerate-key: POST licenses/{id}/regenerate-key becomes licenses/{id}/regenerate-key. Only the prefix changes.
  - orbit-locations: GET locations becomes licenses/locations. The endpoint moved into the licenses group.
  - orbit-license-ips-list: GET licenses/{id}/ips becomes licenses/{id}/ips. Only the prefix changes.
  - orbit-license-ips-add: POST licenses/{id}/ips becomes licenses/{id}/ips. Only the prefix changes.
  - orbit-license-ips-delete: DELETE licenses/{id}/ips/{ip} becomes licenses/{id}/ips/{ip}. Only the prefix changes.
  - orbit-license-whitelist-ip: POST licenses/{id}/whitelist-ip becomes licenses/{id}/ips. The flat whitelisting endpoint became the nested one and takes the same body. Check the decoding: v2 answers with success and data beside the message.

Only in v2, and so reported if they are called under v1:

  - orbit-v2-device-code: POST auth/device/code
  - orbit-v2-device-token: POST auth/device/token
  - orbit-v2-wallet-challenge: POST auth/wallet/challenge
  - orbit-v2-wallet-verify: POST auth/wallet/verify
  - orbit-v2-api-keys-list: GET api-keys
  - orbit-v2-api-keys-create: POST api-keys
  - orbit-v2-api-key-update: PATCH api-keys/{id}
  - orbit-v2-api-key-delete: DELETE api-keys/{id}
  - orbit-v2-profile-get: GET profile
  - orbit-v2-profile-update: PATCH profile
  - orbit-v2-profile-balance: GET profile/balance
  - orbit-v2-invoices-list: GET invoices
  - orbit-v2-invoice-get: GET invoices/{id}
  - orbit-v2-invoice-pay: POST invoices/{id}/pay
  - orbit-v2-topup: ANY topup
  - orbit-v2-orders: ANY orders
  - orbit-v2-rpc-plans: ANY rpc-plans
  - orbit-v2-auth-me: ANY auth/me
  - orbit-v2-auth-logout: ANY auth/logout
  - orbit-v2-auth-ping: ANY auth/ping
  - orbit-v2-wallet-register: ANY auth/wallet/register
  - orbit-v2-license-auth-mode: ANY licenses/{id}/auth-mode
  - orbit-v2-api-key-ips: ANY api-keys/{id}/ips

# What a fix is worth

Changes that depend on one another form a group, and a group is made whole or
not at all. It is as good as its weakest member:

  - safe: every use of every literal that the group touches is solved and maps
    to this very change. orbitmigrate -fix makes it.
  - review: a literal also goes where it cannot be followed: to a function whose
    source is not in sight, into a map as a key, to a server that no migrated
    request reaches, or to a router that would not take it beside another route.
    Or a base has to be split. The finding says where; orbitmigrate -fix -unsafe
    makes it.
  - manual: there is no documented v2 equivalent, another use of the same literal
    must stay as it is, or the file is generated. The finding says why.

A base that some uses need as it is, because they have no v2 equivalent, is split
if it is a constant or variable of a package:

	const base = "https://api.orbitflare.com/customer/v1"

	const baseV2 = "https://api.orbitflare.com/customer/v2"

The places that name base for nothing but uses that move then name baseV2. It is
not split, and the group is manual, if one place serves both kinds of uses (a
field of a client that all methods share), if the variable is assigned to, or if
the program compares something with the base.

# One package at a time

In go vet, golangci-lint and other drivers that look at one package after the
other, the equations of imported packages arrive as facts. What only an importing
package knows (the base that it hands down) is then reported in that package. A
diagnostic carries a suggested fix only if its group is safe, lies in this one
file, and no other package can take part; for all others the message says
"run orbitmigrate -fix".
*/
package analyzer
