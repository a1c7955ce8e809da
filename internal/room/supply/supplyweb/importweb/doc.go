// Package importweb has the pages that take in a provider's file: choose it,
// see what it would change, say yes. Its texts are in supplyweb/text.
package importweb
