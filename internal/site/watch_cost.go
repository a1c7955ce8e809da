package site

// notWatchedCost are the routes of what a programme costs an employer.
func notWatchedCost() map[string]string {
	return map[string]string{
		"GET /api/v1/programmes/{id}/cost":  notOffers,
		"GET /kostnad/satser":               notOpen,
		"GET /kostnad/satser/{code}":        notOpen,
		"GET /tilbud/{id}/kostnad":          notOffers,
		"GET /tilbud/{id}/kostnad/ark":      notOffers,
		"GET /tilbud/{id}/kostnad/ark.docx": notOffers,
		"GET /tilbud/{id}/kostnad/ark.html": notOffers,
		"GET /tilbud/{id}/kostnad/ark.pdf":  notOffers,
	}
}
