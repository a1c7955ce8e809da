package site_test

// formsOfMaking are the forms of education in the making.
var formsOfMaking = []formPage{
	{"provider", []string{"/utvikling", "/utvikling/{id}", "/plan"}}, {"provider", []string{"/utvikling", "/utvikling/{id}", "/koble"}}, {"provider", []string{"/utvikling", "/utvikling/{id}", "/flytt/stopped"}},
}
