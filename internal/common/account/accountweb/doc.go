// Package accountweb has the pages and operations of accounts: signing in and
// out, one-time links, the reader's own page, administration, and in demo mode
// stepping into a role.
package accountweb
