// Package site puts the house together: it opens the database, makes the
// rooms' services, registers every route, draws the frame around the pages,
// and answers over HTTP. It is the only package that knows all the rooms.
package site
