drop table attachments;
drop table file_chunks;
drop table file_contents;
