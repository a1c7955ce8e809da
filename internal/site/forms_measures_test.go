package site_test

// formsOfMeasures are the forms of measures, packages and start pages.
var formsOfMeasures = []formPage{
	{"adviser", []string{"/verktoykasse/forslag/ny"}}, {"learner", []string{"/verktoykasse?q=velkomstbrev", "/verktoykasse/{id}", "/si-fra"}}, {"county", []string{"/verktoykasse?q=velkomstbrev", "/verktoykasse/{id}", "/innhold/nb"}},
	{"county", []string{"/verktoykasse?q=velkomstbrev", "/verktoykasse/{id}", "/fakta"}}, {"county", []string{"/verktoykasse?q=velkomstbrev", "/verktoykasse/{id}", "/steg/ny"}}, {"county", []string{"/verktoykasse?q=velkomstbrev", "/verktoykasse/{id}", "/eier"}},
	{"county", []string{"/verktoykasse?q=velkomstbrev", "/verktoykasse/{id}", "/flytt/archived"}}, {"county", []string{"/tiltakspakker", "/tiltakspakker/ny"}}, {"county", []string{"/tiltakspakker", "/tiltakspakker/ta-imot-nye-innbyggere", "/rediger"}},
	{"county", []string{"/verktoykasse", "/program/inkludering", "/rediger"}},
}
