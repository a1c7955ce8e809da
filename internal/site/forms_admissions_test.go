package site_test

// formsOfAdmissions are the forms of applications for places.
var formsOfAdmissions = []formPage{
	{"provider", []string{"/soknader", "/soknader/{id}", "/flytt/refused"}}, {"learner", []string{"/soknader", "/soknader/{id}", "/flytt/withdrawn"}},
}
