-- Where to look for mails that no mail server took yet.
create index mail_queued on mail (created_at) where status = 'queued';
