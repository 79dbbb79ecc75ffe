int exp_placeholder;
