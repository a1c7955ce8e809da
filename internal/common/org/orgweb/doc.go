// Package orgweb has the pages and JSON of the register of organisations:
// searching it, an organisation with its names through time, registering and
// mending, and the mandates that let one act for another. The register is open
// to read; mandates are shown to those who work for either side.
package orgweb
