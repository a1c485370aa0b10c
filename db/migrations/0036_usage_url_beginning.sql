-- Lock: access exclusive on registry_providers. Cost: rewrites its 39 rows.
alter table registry_providers add column url_beginning text not null generated always as (
    case
        -- Of several that may match, one has another beginning.
        when regexp_replace(substr(url_pattern, 5), '\([^()]*\)', '', 'g') like '%|%' then ''
        else coalesce(replace(substring(url_pattern from '^\^\(\?:((?:[a-z0-9:/-]|\\[./-])*)(?![?*+{])'), '\', ''), '')
    end) stored;
comment on column registry_providers.url_beginning is 'What all addresses begin with that url_pattern matches, without letters that may be missing; empty: they differ.';
