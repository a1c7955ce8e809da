package site

import (
	"context"

	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/supplyweb"
)

// offered is what has been offered lately, for the feed of the catalogue.
func (s *Site) offered(ctx context.Context) ([]supplyweb.News, error) {
	events, err := s.Follow.Newest(ctx, happened.Kind, follow.What(happened.Offered))
	if err != nil {
		return nil, err
	}
	out := make([]supplyweb.News, len(events))
	for i, e := range events {
		out[i] = supplyweb.News{ID: string(e.ID), Offering: offer.OfferingID(e.Facts[happened.Offering]), At: e.At}
	}
	return out, nil
}
