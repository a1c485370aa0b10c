alter table messages drop constraint messages_sender_agent_fkey;
alter table conversations drop constraint conversations_workflow_fkey;
drop table workflow_agents;
drop table workflows;
drop table agent_configurations;
