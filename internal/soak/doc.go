// Package soak holds the tests that take long or break things on purpose. They
// run when KOMPETANSETORG_SOAK is set, by make soak.
package soak
