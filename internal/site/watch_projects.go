package site

// notWatchedProjects are the routes of projects, which are open, with why nobody notes who
// reads them.
func notWatchedProjects() map[string]string {
	out := map[string]string{}
	for _, path := range []string{"/prosjekter", "/prosjekter.csv", "/prosjekter/{id}", "/api/v1/projects", "/api/v1/projects/{id}", "/prosjekter/{id}/kort", "/prosjekter/{id}/kompendium/oversikt",
		"/prosjekter/{id}/kompendium", "/prosjekter/{id}/kompendium.pdf", "/prosjekter/{id}/kompendium.docx", "/prosjekter/{id}/kompendium.html", "/prosjekter/{id}/kompendium/frist", "/prosjekter/{id}/avtaler", "/prosjekter/{id}/logg", "/prosjekter/{id}/like", "/prosjekter/{id}/rediger", "/prosjekter/{id}/flytt/{to}", "/prosjekter/{id}/penger/{nr}",
		"/prosjekter/{id}/folk/{nr}", "/prosjekter/{id}/avtaler/{nr}", "/prosjekter/{id}/steg", "/prosjekter/{id}/logg/{note}", "/verktoykasse/{id}/brukt", "/verktoykasse/{id}/ta-i-bruk", "/sluttrapporter/{id}", "/sluttrapporter/{id}/kapittel/{nr}",
		"/sluttrapporter/{id}/flytt/{to}", "/sluttrapporter/{id}/ark", "/sluttrapporter/{id}/ark.pdf", "/sluttrapporter/{id}/ark.docx", "/sluttrapporter/{id}/ark.html",
		"/rapporter", "/rapporter/{id}", "/prosjekter/{id}/rapporter", "/rapporter/{id}/fil/{file}/{called}", "/rapportsvar/{answer}", "/rapporter/{id}/del/{name}", "/rapporter/{id}/se-over", "/rapporter/{id}/flytt/{to}", "/rapporter/{id}/merknad/{name}",
		"/rapporter/{id}/slett", "/prosjekter/{id}/rapporter/be-om", "/rapporter/{id}/ark", "/rapporter/{id}/ark.pdf", "/rapporter/{id}/ark.docx", "/rapporter/{id}/ark.html", "/api/v1/reports", "/api/v1/reports/{id}"} {
		out["GET "+path] = notOpen
	}
	out["GET /prosjekter/ny"], out["GET /prosjekter/{id}/logg/ny/{kind}"], out["GET /prosjekter/{id}/rapporter/ny"] = notEmpty, notEmpty, notEmpty
	return out
}
