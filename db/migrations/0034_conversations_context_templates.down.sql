drop table overmind.template_uses;
drop table context_template_versions;
drop table context_templates;
