create or replace trigger audit after insert or update or delete on public.price_overrides
    for each row execute function overmind.audit_change(
        'price', 'provider,model,context_above,service_tier,time_from,time_to,valid_from,valid_to,input_price,output_price,cache_read_price,cache_write_price,cache_write_1h_price,reasoning_price,audio_input_price,audio_output_price,image_input_price,image_output_price,request_price,web_search_price,note');
