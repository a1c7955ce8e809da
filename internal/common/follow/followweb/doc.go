// Package followweb has the pages of notices: what happened, what one follows and
// how one is told, the page that ends all mail, feeds and calendars, the words of
// letters, and, in the demo, the letters themselves.
package followweb
