package site

// notWatchedFunnel are the routes of how far needs come.
func notWatchedFunnel() map[string]string {
	return map[string]string{"GET /resultater": notNumbers, "GET /resultater.csv": notNumbers, "GET /api/v1/funnel": notNumbers}
}
