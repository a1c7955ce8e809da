package site_test

// formsOfGuides are the forms of the guides.
var formsOfGuides = []formPage{
	{"provider", []string{"/veiledere", "/veiledere/program", "/utkast", "/del/ny"}}, {"provider", []string{"/veiledere/program/utkast", "/del/{id}/rediger"}}, {"county", []string{"/veiledere/forum/utkast", "/ta-inn/{id}"}},
	{"county", []string{"/veiledere/program", "+/publiser"}}, {"provider", []string{"/utvikling", "/utvikling/{id}", "/erfaring"}},
}
