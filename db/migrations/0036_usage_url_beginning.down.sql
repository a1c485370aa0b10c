alter table registry_providers drop column url_beginning;
