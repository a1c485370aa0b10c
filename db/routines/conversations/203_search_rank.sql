-- The parts of a score stand beside each other, each 0 to 1: what the words say, what the vectors say (null: there are none), and the age, by which the sum of both
-- is halved each year. As a logarithm, so that the order of two does not depend on when it is asked for: pages follow each other. The score at a time is
-- 2 ^ (rank - years since 1970).
create or replace function overmind.search_rank(p_text double precision, p_vector double precision, p_created_at timestamptz) returns double precision
    language sql
    immutable
    parallel safe
return ln(greatest(coalesce(p_text, 0) + coalesce(p_vector, 0), 1e-6)) / 0.6931471805599453
    + (extract(epoch from p_created_at) / 31557600)::double precision;
comment on function overmind.search_rank(double precision, double precision, timestamptz) is
    'By which what was found is put in order, greatest first: likeness of words and of vectors, 0 to 1 each, halved for each year of age; as a logarithm to the base 2.';
