package need

import (
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
)

// Region is a part of the country that figures are counted by: "namdalen" for
// a competence region, "county:50" for the rest of a county and for needs in
// several regions of it, and "several" across counties. A municipality lies in
// exactly one, so that no figure can be found by taking one from another.
type Region string

// SeveralRegions is the region of what lies in several counties.
const SeveralRegions Region = "several"

const countyPrefix = "county:"

// County is the number of the county when the region is one, else empty.
func (r Region) County() place.CountyNumber {
	number, ok := strings.CutPrefix(string(r), countyPrefix)
	if !ok {
		return ""
	}
	return place.CountyNumber(number)
}

// RegionOf is the region a municipality is counted in.
func RegionOf(places *place.Register, municipality string) Region {
	n := place.Number(municipality)
	regions, err := places.RegionsOf(n, clock.Date{})
	if err == nil {
		for _, r := range regions {
			if r.Kind == place.CompetenceRegion {
				return Region(r.ID)
			}
		}
	}
	if heirs, err := places.Successors(n, clock.Date{}); err == nil && len(heirs) > 0 {
		n = heirs[0]
	}
	return Region(countyPrefix + string(n.County()))
}

// RegionOver is the region of needs in several municipalities.
func RegionOver(places *place.Register, municipalities []string) Region {
	var regions, counties []Region
	for _, m := range municipalities {
		regions = append(regions, RegionOf(places, m))
		heirs, err := places.Successors(place.Number(m), clock.Date{})
		if err == nil && len(heirs) > 0 {
			m = string(heirs[0])
		}
		counties = append(counties, Region(countyPrefix+string(place.Number(m).County())))
	}
	regions, counties = Unique(regions), Unique(counties)
	switch {
	case len(regions) == 1:
		return regions[0]
	case len(counties) == 1:
		return counties[0]
	}
	return SeveralRegions
}
