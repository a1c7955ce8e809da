package site_test

// formsOfAdmissions are the forms of applications for places.
var formsOfAdmissions = []formPage{
	{"provider", []string{"/soknader", "/soknader/0", "/flytt/refused"}}, {"learner", []string{"/soknader", "/soknader/0", "/flytt/withdrawn"}},
}
