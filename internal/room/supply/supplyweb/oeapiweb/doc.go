// Package oeapiweb answers the read operations of the Open Education API for
// programmes, their offerings and the organisations that offer them, under
// /oeapi/v6. Everybody may read; only what is public is there.
package oeapiweb
