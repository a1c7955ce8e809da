// Package demo fills an empty database with sample data: organisations and
// facts that the county, the councils and the pilots have published, and a
// living year around today, written for the demo. Companies, needs, prices and
// seats are made up; every page says so. There are no persons, only roles.
package demo
