-- The statements that users of the schema's earlier versions run, word for word. Placeholders in quotes ('conv-id', 'workflow-123', 'run-456', 'memory-id')
-- stand for ids, one for a vector. Grows with each module.

INSERT INTO public.user_profiles (id, display_name, timezone)
VALUES (auth.uid(), 'Alice Chen', 'America/Los_Angeles');

INSERT INTO public.user_traits (user_id, trait_key, trait_value, source)
VALUES
  (auth.uid(), 'preferred_language', 'spanish', 'user_input'),
  (auth.uid(), 'expertise_level', 'intermediate', 'user_input'),
  (auth.uid(), 'learning_style', 'visual', 'ai_inferred');

INSERT INTO public.user_gamification (user_id)
VALUES (auth.uid());

INSERT INTO public.user_subscriptions (
  user_id, tier_id, current_period_start, current_period_end
)
SELECT
  auth.uid(),
  id,
  NOW(),
  NOW() + INTERVAL '30 days'
FROM public.subscription_tiers
WHERE tier_name = 'free';

UPDATE public.user_traits
SET trait_value = 'advanced'
WHERE user_id = auth.uid() AND trait_key = 'expertise_level';

-- returns conv-id
INSERT INTO public.conversations (
  user_id,
  title,
  model_name,
  model_provider,
  max_context_tokens,
  auto_prune,
  prune_strategy,
  prune_margin_ratio
)
VALUES (
  auth.uid(),
  'Project Planning Discussion',
  'gpt-4-turbo',
  'openai',
  128000,              -- GPT-4 Turbo context window
  true,                -- Auto-prune when near limit
  'fifo',              -- Remove oldest messages first
  0.90                 -- Start pruning at 90% (115,200 tokens)
)
RETURNING id;

INSERT INTO public.messages (conversation_id, user_id, role, content, tokens_used)
VALUES
  ('conv-id', auth.uid(), 'user', 'How do I plan a software project?', 12),
  ('conv-id', auth.uid(), 'assistant', 'Here are 5 key steps...', 450);

SELECT
  rolling_tokens,
  max_context_tokens,
  ROUND((rolling_tokens::numeric / max_context_tokens) * 100, 2) as usage_pct,
  last_pruned_at
FROM public.conversations
WHERE id = 'conv-id';

-- returns run-456
INSERT INTO public.workflow_runs (workflow_id, user_id, status)
VALUES ('workflow-123', auth.uid(), 'running')
RETURNING id;

-- returns step-789
INSERT INTO public.run_steps (
  run_id, step_key, model, tokens_input, tokens_output, status
)
VALUES (
  'run-456', 'summarization', 'gpt-4-turbo', 5000, 800, 'succeeded'
)
RETURNING id;

SELECT public.backfill_step_cost(
  'step-789',
  'gpt-4-turbo',
  'openai'
);

SELECT
  id,
  cost_usd,
  tokens_input,
  tokens_output,
  ROUND((tokens_output::numeric / NULLIF(tokens_input, 0)) * 100, 2) as compression_ratio
FROM public.workflow_runs
WHERE id = 'run-456';

UPDATE public.conversations
SET is_archived = true
WHERE user_id = auth.uid()
  AND is_archived = false
  AND updated_at < NOW() - INTERVAL '30 days';

SELECT 'Active Conversations (7d)', COUNT(DISTINCT conversation_id)::text
FROM public.messages WHERE created_at > NOW() - INTERVAL '7 days'
UNION ALL
SELECT 'Total Messages (30d)', COUNT(*)::text
FROM public.messages WHERE created_at > NOW() - INTERVAL '30 days'
UNION ALL
SELECT 'Total Cost (30d) $', ROUND(COALESCE(SUM(cost_usd), 0)::numeric, 2)::text
FROM public.workflow_runs WHERE created_at > NOW() - INTERVAL '30 days';

-- Per-user cost analysis
SELECT
  u.display_name,
  COUNT(DISTINCT wr.id) as total_runs,
  COALESCE(SUM(wr.cost_usd), 0) as total_cost_usd,
  COALESCE(SUM(wr.tokens_input + wr.tokens_output), 0) as total_tokens
FROM public.user_profiles u
LEFT JOIN public.workflow_runs wr ON wr.user_id = u.id
WHERE wr.created_at > NOW() - INTERVAL '30 days'
GROUP BY u.id, u.display_name
ORDER BY total_cost_usd DESC
LIMIT 10;

SELECT
  up.display_name,
  up.id as user_id,
  st.tier_name,
  COUNT(DISTINCT wr.id) as workflow_runs,
  COALESCE(SUM(wr.cost_usd), 0) as total_cost_usd,
  COALESCE(SUM(wr.tokens_input), 0) as tokens_in,
  COALESCE(SUM(wr.tokens_output), 0) as tokens_out,
  CASE
    WHEN st.tier_name = 'free' AND SUM(wr.cost_usd) > 5.00 THEN 'OVER_LIMIT'
    WHEN st.tier_name = 'pro' AND SUM(wr.cost_usd) > 50.00 THEN 'HIGH_USAGE'
    ELSE 'NORMAL'
  END as usage_status
FROM public.user_profiles up
LEFT JOIN public.user_subscriptions us ON us.user_id = up.id AND us.status = 'active'
LEFT JOIN public.subscription_tiers st ON st.id = us.tier_id
LEFT JOIN public.workflow_runs wr ON wr.user_id = up.id
  AND wr.created_at > DATE_TRUNC('month', NOW())
GROUP BY up.id, up.display_name, st.tier_name
HAVING SUM(wr.cost_usd) > 0
ORDER BY total_cost_usd DESC;

-- Before making API call, check cache
SELECT
  response_content,
  tokens_used,
  hit_count,
  created_at
FROM public.ai_response_cache
WHERE cache_key = 'summary_project_planning_en'
  AND expires_at > NOW();

-- Cache miss? Call API and store response
INSERT INTO public.ai_response_cache (
  cache_key,
  prompt_hash,
  model,
  response_content,
  tokens_used,
  quality_tier,
  expires_at
)
VALUES (
  'summary_project_planning_en',
  MD5('How do I plan a software project?'),
  'gpt-4-turbo',
  'Here are 5 key steps: 1. Define scope...',
  450,
  'production',
  NOW() + INTERVAL '7 days'
);

-- Cache hit? Increment counter
UPDATE public.ai_response_cache
SET
  hit_count = hit_count + 1,
  last_hit_at = NOW()
WHERE cache_key = 'summary_project_planning_en';

-- Calculate cache savings
WITH cache_stats AS (
  SELECT
    COUNT(*) as total_cached,
    SUM(hit_count) as total_hits,
    SUM(tokens_used * hit_count) as saved_tokens
  FROM public.ai_response_cache
  WHERE quality_tier = 'production'
    AND created_at > NOW() - INTERVAL '30 days'
)
SELECT
  total_cached,
  total_hits,
  saved_tokens,
  -- Assume $0.01 per 1k tokens (GPT-4 Turbo input)
  ROUND((saved_tokens / 1000.0) * 0.01, 2) as saved_usd
FROM cache_stats;

SELECT 'Cache Hit Rate (%)', ROUND(AVG(hit_count)::numeric, 1)::text
FROM public.ai_response_cache WHERE hit_count > 0;

-- Step 1: Identify memories using old embedding model
SELECT
  COUNT(*) as total_memories,
  embedding_model_name,
  embedding_model_provider
FROM public.episodic_memories
WHERE user_id = auth.uid()
GROUP BY embedding_model_name, embedding_model_provider;

-- Step 2: Re-embed with new model (application code generates new embeddings)
UPDATE public.episodic_memories
SET
  embedding = '[new_vector_from_text_embedding_3_large]',
  embedding_model_name = 'text-embedding-3-large',
  embedding_model_provider = 'openai',
  updated_at = NOW()
WHERE id = 'memory-id';

-- Step 3: Detect dimension mismatches (should be empty after migration)
SELECT * FROM public.episodic_memory_embedding_mismatches;

-- Step 4: Cost comparison
SELECT
  embedding_model_name,
  COUNT(*) as memory_count,
  SUM(
    public.estimate_cost_usd(
      embedding_model_name,
      embedding_model_provider,
      LENGTH(content) / 4, -- Rough token estimate
      0
    )
  ) as estimated_embedding_cost
FROM public.episodic_memories
WHERE user_id = auth.uid()
GROUP BY embedding_model_name, embedding_model_provider;

-- Decay recency score over time
UPDATE public.episodic_memories
SET
  recency_score = GREATEST(
    0.1, -- Minimum score
    recency_score * EXP(-EXTRACT(EPOCH FROM (NOW() - created_at)) / 2592000) -- 30-day half-life
  ),
  updated_at = NOW()
WHERE user_id = auth.uid();

-- Remove low-value memories (low importance × low recency)
DELETE FROM public.episodic_memories
WHERE user_id = auth.uid()
  AND (importance_score * recency_score) < 0.1
  AND created_at < NOW() - INTERVAL '90 days';
