package site_test

// formsOfPledges are the forms of seats for pooled needs and for offerings.
var formsOfPledges = []formPage{
	{"adviser", []string{"/felles?q=gjestene", "/felles/{id}", "/plasser/ny"}}, {"learner", []string{"/felles?q=gjestene", "/felles/{id}", "/plasser/ny"}},
	{"employer", []string{"/plasser", "/endre"}}, {"secretary", []string{"/felles?q=limpresse", "/felles/{id}", "/plasser", "/frist"}},
	{"secretary", []string{"/felles?q=limpresse", "/felles/{id}", "/plasser", "/avslutt"}},
	{"employer", []string{"/tilbud?q=torvtak", "/tilbud/{id}", "/plasser", "/plasser/ny"}},
	{"provider@Røros videregående skole", []string{"/tilbud?q=torvtak", "/tilbud/{id}", "/plasser", "/frist"}},
	{"provider@Røros videregående skole", []string{"/tilbud?q=torvtak", "/tilbud/{id}", "/plasser", "/start"}},
	{"provider@Røros videregående skole", []string{"/tilbud?q=torvtak", "/tilbud/{id}", "/plasser", "/avslutt"}},
}
