-- Who holds a right over a place is asked with every todo: without this the posts of the whole district were read for it.
create index post_area on post (area_code);
