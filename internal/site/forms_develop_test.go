package site_test

// formsOfDevelop are the forms where providers answer what is needed.
var formsOfDevelop = []formPage{
	{"provider", []string{"/behov?state=mapped", "/behov/{id}", "/svar"}},
}
