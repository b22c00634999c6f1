"""Figures for supervisors and the public: addresses and views."""
