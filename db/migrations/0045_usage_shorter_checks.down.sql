alter table token_usage
    drop constraint token_usage_tokens_not_negative,
    drop constraint token_usage_kinds_not_negative,
    add constraint token_usage_tokens_not_negative check (
        tokens_input >= 0 and tokens_output >= 0 and tokens_cached >= 0 and tokens_reasoning >= 0),
    add constraint token_usage_kinds_not_negative check (
        tokens_cache_write >= 0 and tokens_cache_write_1h >= 0 and tokens_audio_input >= 0 and tokens_audio_output >= 0
        and tokens_image_input >= 0 and tokens_image_output >= 0 and web_searches >= 0);
