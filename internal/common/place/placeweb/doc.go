// Package placeweb has the open JSON of places: the municipalities of a day with
// county, centre and period. There is no page of its own; rooms show places
// beside their things, and fields that take a municipality use place.Options and
// place.ParseTyped.
package placeweb
