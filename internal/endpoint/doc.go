// Package endpoint knows what OrbitFlare Customer API v1 -> v2 changes and applies that knowledge to URL text.
//
// The knowledge is the table in table.yaml: bases, endpoints that have a v2 equivalent, endpoints that exist only
// in v2, and names that must stay as they are. [Parse] reads such a table strictly and proves every row by its
// own examples. The code below the table knows no path and no host by itself.
//
// A text is matched in four ways, which all answer with a [Result]:
//
//   - [Table.Match]: a URL or path as a client sends it;
//   - [Table.MatchRelative]: a path below a base that is known to be a v1 base;
//   - [Table.MatchRoute]: a route pattern as a server registers it, which may cover a whole subtree;
//   - [Table.Loose]: every URL inside a longer text, such as help text or a comment.
//
// # URL templates
//
// A text may hold values that are known only at run time. The byte [Hole] stands for such a value, whatever its
// length: a whole base, a segment, a part of a segment, a query, nothing at all. The spellings that format
// strings, routers and templates use for a parameter count as holes as well: {id} {id:[0-9]+} {{.ID}} ${id} $id
// $(ID) <id> %s %[1]d, and the whole segments :id and *.
//
// # When a text is mapped
//
// The rules lean to silence about other people's APIs and to a report, without edits, in every case of doubt
// about ours.
//
//   - The host must be one of ours or be unknown (a hole or absent); [Result.Host] says which. Any other host, a
//     longer host that ends or begins with ours and a user name that spells ours are vetoes.
//   - The prefix must match segment by segment, case-sensitively, after decoding of percent-encoded unreserved
//     characters. An encoded slash separates nothing. Empty and dot segments are reported, not rewritten.
//   - A parameter takes exactly one segment, be it a hole or concrete text.
//   - A method that is not known ("") matches when the path has at least one row and all its rows make the same
//     change. HEAD follows the GET row, with a doubt, because HTTP defines it so but the table does not list it.
//     Every other method without a row, OPTIONS among them, has no documented equivalent.
//   - A route whose v2 path another row has already (whitelist-ip becomes ips) is mapped with a doubt, because most
//     routers refuse to register the same route twice.
//   - A text of more than 16 KiB is not taken for one URL; Loose finds URLs in texts of any size.
//   - A concrete segment that the new paths use for another endpoint (licenses/locations) is never moved.
//
// Edits touch only path segments: never the scheme, user info, host, port, query or fragment.
package endpoint
