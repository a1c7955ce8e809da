// Package i18n holds the house's texts in Norwegian bokmål (nb), nynorsk (nn)
// and English (en), and writes dates, numbers and money the Norwegian way.
//
// Each web package has text/nb.json, nn.json and en.json: flat objects from
// key to message. A message is a string with named values, "Hei, {name}", or
// an object with plural forms, {"one": "{n} behov", "other": "{n} behov"}; the
// pair named "n" chooses the form. nb is the source; the other two must have
// the same keys and the same values, which Bundle.Check tells and a test
// requires. Plurals and fallback are go-i18n's; the syntax is ours.
//
// A Key is a literal in Go and in templates, so that tests can find each one
// in the catalogues and each catalogue entry in the code.
package i18n
