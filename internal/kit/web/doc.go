// Package web renders pages and answers HTTP for the rooms.
//
// A page is a Go struct that embeds Page and a template file that defines the
// block "main". Views keeps all of them: registering a page takes the template
// and the struct's zero value, so one test type-checks every template of the
// house. Rendering goes to a buffer first; nothing is written before it
// succeeded. Middleware here knows nothing of the domain: request ids and
// logging, recovery, security headers, limits, compression.
package web
