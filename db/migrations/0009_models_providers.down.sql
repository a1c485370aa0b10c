drop table model_providers;
