"""Runs any BPMN, DMN and form file; knows neither the web nor any word of a procedure."""
